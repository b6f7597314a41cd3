/** How patient and clinician meet. Source: GP Connect, Appointment Management, delivery channel. */
export type DeliveryChannel = 'in-person' | 'telephone' | 'video'

/** Every delivery channel, in the order that people choose from. */
export const deliveryChannels: readonly DeliveryChannel[] = ['in-person', 'telephone', 'video']
