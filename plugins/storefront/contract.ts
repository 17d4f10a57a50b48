import type { Readable } from 'node:stream';
import type { Id, Json, Result } from 'kontor/sdk';

declare module 'kontor/sdk' {
  /** A theme in the library of a store. */
  interface Theme {
    readonly id: Id;
    readonly name: string;
    /** `zip`: brought along; `bundled`: one of the platform's own; `copy`: of another one of the store. */
    readonly source: 'zip' | 'bundled' | 'copy';
    /** Which of the platform's own it began as. */
    readonly bundled: string | null;
    /** Number of the newest version, which is the one that is edited. */
    readonly head: number;
    /** Number of the version that visitors see; null for a theme that they do not. */
    readonly live: number | null;
    /** Counts changes of the name. */
    readonly version: number;
    readonly createdAt: Date;
    readonly changedAt: Date;
  }

  /** A theme that comes along with the platform. */
  interface BundledTheme {
    readonly key: string;
    readonly name: string;
    readonly version: string;
    readonly author: string;
    /** Visitors see it, as the store has published no theme of its own. */
    readonly isLive: boolean;
  }

  /** One state of a theme; it never changes. */
  interface ThemeVersion {
    readonly number: number;
    readonly action: 'install' | 'edit' | 'push' | 'restore' | 'copy';
    /** Files that changed, 50 at most. */
    readonly paths: readonly string[];
    readonly files: number;
    readonly bytes: number;
    readonly madeBy: string;
    readonly madeAt: Date;
    readonly isLive: boolean;
  }

  /** One thing that was found in a theme, with the place. */
  interface ThemeFinding {
    readonly severity: 'error' | 'warning';
    readonly code: string;
    readonly file: string;
    readonly line: number;
    readonly message: string;
  }

  /** What was found in a theme: it is refused for errors, and may lack something for warnings. */
  interface ThemeReport {
    readonly errors: readonly ThemeFinding[];
    readonly warnings: readonly ThemeFinding[];
    readonly files: number;
    readonly bytes: number;
    /** Files that are no part of a theme, and were left out. */
    readonly ignored: readonly string[];
  }

  /** The files of one version. All texts are in memory, so that a page is rendered without waiting. */
  interface ThemeTree {
    /** The same for the same files: the key of whatever is kept about them. */
    readonly key: string;
    /** null for a theme of the platform that no store has made its own. */
    readonly themeId: Id | null;
    readonly name: string;
    /** Of the version; 0 for a theme of the platform. */
    readonly number: number;
    /** All paths, sorted. */
    readonly paths: readonly string[];
    has(path: string): boolean;
    /** Checksum of a file's content: the same content has the same one, in every store. */
    hash(path: string): string | undefined;
    /** undefined for what is not there, and for what is no text. */
    text(path: string): string | undefined;
    /** Any file; what is no text is loaded when it is asked for. */
    content(path: string): Promise<string | Buffer | undefined>;
  }

  /** A change of a file; null takes it away. */
  type ThemeChange = ReadonlyMap<string, string | Buffer | null>;

  /** A template, a section group or the settings after an edit. */
  interface EditedTheme {
    readonly path: string;
    /** Of the version that was made. */
    readonly number: number;
    readonly document: Json;
    /** `{ do: 'patch', patch: undo }` takes it all back. */
    readonly undo: ThemePatch;
    readonly redo: ThemePatch;
  }
  /** What makes one document of another: places with a value, or with none for what is taken away. */
  type ThemePatch = readonly { readonly at: readonly string[]; readonly value?: Json }[];

  /** The themes of the current store. */
  interface Themes {
    /**
     * What visitors see: what the store has published, else the platform's own. No query when warm.
     *
     * @returns undefined when there is no theme at all
     */
    live(): Promise<ThemeTree | undefined>;
    /** What a signed link shows; undefined when it has ended, or was made for another store. */
    preview(token: string): Promise<ThemeTree | undefined>;
    /** @param number - the newest version when left out */
    open(id: Id, number?: number): Promise<ThemeTree | undefined>;
    list(): Promise<{ items: Theme[]; bundled: BundledTheme[] }>;
    find(id: Id): Promise<Theme | undefined>;
    /**
     * Takes a theme in. It is judged first, and refused for errors.
     *
     * @param content - an archive as it comes, or files by their paths
     * @param name - what the theme says of itself when left out
     */
    install(input: {
      content: Readable | ReadonlyMap<string, string | Buffer>;
      name?: string;
    }): Promise<Result<{ theme: Theme; report: ThemeReport }, 'brokenTheme' | 'limitReached'>>;
    /** Makes a theme of the platform the store's own, to be changed. Its files are shared until they are. */
    addBundled(input: {
      key: string;
      name?: string;
    }): Promise<Result<{ theme: Theme; report: ThemeReport }, 'notFound' | 'limitReached'>>;
    /**
     * Makes a new version with some files changed.
     *
     * @param from - number of the version that the changes were made from; refused when the same files have changed since
     */
    change(input: {
      id: Id;
      from: number;
      change: ThemeChange;
      action?: 'edit' | 'push' | 'restore';
    }): Promise<Result<ThemeVersion, 'notFound' | 'changed' | 'brokenTheme'>>;
    /**
     * Makes a new version of an archive or of files: in place of all there were, or of those of the same names.
     *
     * @param from - as for `change`; left out, what others changed meanwhile is overwritten
     */
    push(input: {
      id: Id;
      content: Readable | ReadonlyMap<string, string | Buffer>;
      mode: 'replace' | 'merge';
      from?: number;
    }): Promise<
      Result<{ version: ThemeVersion; report: ThemeReport }, 'notFound' | 'changed' | 'brokenTheme'>
    >;
    /**
     * Makes edits in a template, a section group or the settings: all or none, as one new version. What may be asked is in
     * `themes/model/edit/edits.ts`.
     *
     * @param from - number of the version that the editor has
     */
    edit(input: {
      id: Id;
      path: string;
      from: number;
      edits: readonly { readonly do: string }[];
    }): Promise<Result<EditedTheme, 'notFound' | 'notDocument' | 'badEdit' | 'changed' | 'brokenTheme'>>;
    /** Lets visitors see a version, from the next request on. @param number - the newest when left out */
    publish(input: { id: Id; number?: number }): Promise<Result<Theme, 'notFound'>>;
    /** Lets visitors see what they saw before: another version of the same theme or of another one. */
    rollback(): Promise<Result<Theme, 'nothingBefore'>>;
    /** @param hours - until the link ends; 24 when left out */
    previewLink(input: {
      id: Id;
      number?: number;
      hours?: number;
    }): Promise<Result<{ address: string; token: string; expiresAt: Date }, 'notFound'>>;
  }

  interface Services {
    themes: Themes;
  }
  interface Events {
    'theme.published': { themeId: Id; number: number };
  }
  interface Jobs {
    'storefront.tidy-themes': Record<string, never>;
  }
}
