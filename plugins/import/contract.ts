import type { Id } from 'kontor/sdk';

declare module 'kontor/sdk' {
  type ImportState = 'waiting' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled' | 'undone';

  interface ImportRun {
    readonly id: Id;
    readonly kind: 'products';
    readonly format: 'shopify' | 'kontor';
    readonly fileName: string;
    readonly isDryRun: boolean;
    readonly state: ImportState;
    /** Of the bytes of the file. */
    readonly percent: number;
    readonly rows: number;
    readonly created: number;
    readonly updated: number;
    readonly unchanged: number;
    readonly failed: number;
    readonly error: string | null;
    readonly jobId: string | null;
    readonly createdAt: Date;
    readonly finishedAt: Date | null;
  }

  interface Imports {
    find(id: Id): Promise<ImportRun | undefined>;
    /** Newest first. */
    list(options?: { limit?: number; after?: Id }): Promise<ImportRun[]>;
  }

  interface Services {
    imports: Imports;
  }
}
