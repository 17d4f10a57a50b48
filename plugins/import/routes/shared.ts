import { Type } from 'kontor/sdk';

export const READ = { permission: 'import.read' } as const;
export const RUN = { permission: 'import.run' } as const;
export const byId = Type.Object({ id: Type.Integer({ minimum: 1 }) });
export const refusals = { notFound: 404, wrongState: 409, wrongOffset: 409, wrongEncoding: 422 } as const;
