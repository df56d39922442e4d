/** Another process listens where the service should. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';

  constructor({ host, port }: { readonly host: string; readonly port: number }) {
    super(`PORT ${port} on ${host} is in use; stop what listens there, or set another PORT.`);
  }
}
