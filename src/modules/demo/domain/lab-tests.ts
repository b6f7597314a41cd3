import type { Panel } from './lab-test.ts'
import { mainPanels } from './main-panels.ts'
import { otherPanels } from './other-panels.ts'

/** Tests that are ordered and reported together. */
export type PanelName = keyof typeof mainPanels | keyof typeof otherPanels

/** Panels by name, in the order they are reported in. */
export const panels: Readonly<Record<PanelName, Panel>> = { ...mainPanels, ...otherPanels }
