import type { Cradle, DeliveredEvent, Id } from 'kontor/sdk';
import { copyToCollections } from '../actions/copy-to-collections.ts';
import { copyPictures } from './copy-pictures.ts';

/** Products and collections keep copies of their pictures; both follow the media library. */
export async function followPicture(event: DeliveredEvent<{ mediaId: Id }>, services: Cradle): Promise<void> {
  await copyPictures(event, services);
  await copyToCollections(services, event.payload.mediaId);
}
