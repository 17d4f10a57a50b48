import { type MediaFile, refused, type Result } from 'kontor/sdk';
import { mediaSettings } from '../services/settings.ts';
import { addFile, type AddRefusal, type Needs, type NewFile } from './add-file.ts';

const MB = 1024 * 1024;
const TIME = 30_000; // ms

/** Fetches a file by the guarded client and takes it in like any other. */
export async function addFromUrl(
  { url, ...rest }: Pick<NewFile, 'folder' | 'alt'> & { url: string },
  { services, turns }: Needs,
): Promise<Result<MediaFile, AddRefusal | 'badAddress' | 'unreachable'>> {
  const { maxImageMb, maxVideoMb, maxDocumentMb } = await mediaSettings(services);
  const maxBytes = Math.max(maxImageMb, maxVideoMb, maxDocumentMb) * MB;
  const answer = await services.webClient.open({ url, maxBytes, timeLimit: TIME });
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  try {
    if (status !== 200) return refused('unreachable');
    return await addFile({ ...rest, content: body, name: nameIn(url) }, { services, turns });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'WEB_CLIENT_ERR_TOO_LARGE') return refused('tooLarge', { maxBytes });
    if (code === 'WEB_CLIENT_ERR_BROKEN_OFF') return refused('unreachable');
    throw error;
  } finally {
    body.destroy();
  }
}

function nameIn(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
