import { ok, refused, route, Type } from 'kontor/sdk';
import { removeLocation } from '../actions/remove-location.ts';
import { addLocation, changeLocation } from '../actions/save-location.ts';
import { readLocation, readLocations } from '../services/read-locations.ts';
import { id, toRead, toWrite, version } from './shapes.ts';

const byId = Type.Object({ id });
const name = Type.String({ minLength: 1, maxLength: 100 });
const details = {
  address: Type.Optional(Type.String({ maxLength: 500 })),
  position: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
};

const listLocations = route({
  ...toRead,
  method: 'GET',
  path: '/inventory/locations',
  summary: 'Locations in the order in which stock is taken from them; none before the first is needed',
  async handler(_, services) {
    return { items: await readLocations(services), next: null };
  },
});

const oneLocation = route({
  ...toRead,
  method: 'GET',
  path: '/inventory/locations/:id',
  summary: 'One location',
  params: byId,
  refusals: { notFound: 404 },
  async handler({ params }, services) {
    const location = await readLocation(services, params.id);
    return location ? ok(location) : refused('notFound');
  },
});

const createLocation = route({
  ...toWrite,
  method: 'POST',
  path: '/inventory/locations',
  summary: 'Adds a location; more than one needs the feature inventory.locations',
  body: Type.Object({ name, ...details }),
  refusals: { nameTaken: 409 },
  async handler({ body, reply }, services) {
    const made = await addLocation(services, body);
    if (made.ok) reply.status(201);
    return made;
  },
});

const editLocation = route({
  ...toWrite,
  method: 'PATCH',
  path: '/inventory/locations/:id',
  summary: 'Changes a location, or makes it the default one',
  params: byId,
  body: Type.Object({
    version,
    name: Type.Optional(name),
    ...details,
    isDefault: Type.Optional(Type.Literal(true)),
  }),
  refusals: { notFound: 404, changed: 409, nameTaken: 409 },
  handler: ({ params, body }, services) => changeLocation(services, params.id, body),
});

const deleteLocation = route({
  ...toWrite,
  method: 'DELETE',
  path: '/inventory/locations/:id',
  summary: 'Takes a location away that is empty',
  params: byId,
  refusals: { notFound: 404, isDefault: 409, notEmpty: 409 },
  handler: ({ params }, services) => removeLocation(services, params.id),
});

export const locationRoutes = [listLocations, oneLocation, createLocation, editLocation, deleteLocation];
