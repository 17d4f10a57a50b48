import type { SettingsService } from 'kontor/sdk';

/** What `plugin.json` describes under `settings`. */
export type MailSettings = {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly requireTls: boolean;
  readonly user: string;
  readonly password?: string;
  readonly from: string;
  readonly fromName: string;
  /** Seconds. */
  readonly timeLimit: number;
  readonly storesMayUseOwnAddress: boolean;
  readonly keepDays: number;
  readonly senderName: string;
  readonly senderAddress: string;
  readonly replyTo: string;
  readonly footer: string;
  readonly accentColour: string;
};

export const mailSettings = ({ settings }: { settings: SettingsService }): Promise<MailSettings> =>
  settings.get<MailSettings>();
