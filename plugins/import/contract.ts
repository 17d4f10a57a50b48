import type { Id } from 'kontor/sdk';

declare module 'kontor/sdk' {
  type ImportState = 'uploading' | 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'undone';

  /** One file on its way into the catalogue. */
  interface ImportRun {
    readonly id: Id;
    /** null until the first look into the file. */
    readonly format: 'shopify' | 'kontor' | null;
    readonly fileName: string;
    /** Everything is judged and nothing is kept. */
    readonly isDryRun: boolean;
    readonly state: ImportState;
    /** Bytes that have arrived: where an upload that broke goes on. */
    readonly bytes: number;
    /** Of the file, 0 to 100. */
    readonly percent: number;
    /** Records read so far, without the heading. */
    readonly records: number;
    readonly created: number;
    readonly updated: number;
    readonly unchanged: number;
    /** Products left out because something was wrong with a row of theirs. */
    readonly failed: number;
    readonly pictures: { readonly wanted: number; readonly fetched: number };
    readonly error: string | null;
    readonly jobId: string | null;
    readonly createdAt: Date;
    readonly finishedAt: Date | null;
  }

  /** Imports of the current store. */
  interface Imports {
    find(id: Id): Promise<ImportRun | undefined>;
    /** Newest first; go on after the last one's id. */
    list(options?: { limit?: number; after?: Id }): Promise<ImportRun[]>;
  }

  interface Services {
    imports: Imports;
  }
  interface Jobs {
    'import.run': { runId: Id };
    'import.fetch-file': { runId: Id; url: string };
    'import.fetch-pictures': { runId: Id };
    'import.undo': { runId: Id };
  }
}
