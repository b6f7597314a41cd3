import { encode } from 'uqr'

/** A square code (QR) as a picture without styles of its own, dark on light in every mode. */
export function SquareCode(props: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(props.text, { border: 4, ecc: 'M' })
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')
  return (
    <svg
      class="app-square-code"
      role="img"
      aria-label={props.label}
      width="220"
      height="220"
      viewBox={`0 0 ${size} ${size}`}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  )
}
