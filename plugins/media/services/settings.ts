import type { SettingsService } from 'kontor/sdk';

/** What `plugin.json` describes under `settings`. */
export type MediaSettings = {
  readonly maxImageMb: number;
  readonly maxVideoMb: number;
  readonly maxDocumentMb: number;
  readonly storage: 'disk' | 's3';
  readonly s3Endpoint: string;
  readonly s3Region: string;
  readonly s3Bucket: string;
  readonly s3Prefix: string;
  readonly s3AccessKeyId: string;
  readonly s3SecretAccessKey?: string;
};

export const mediaSettings = ({ settings }: { settings: SettingsService }): Promise<MediaSettings> =>
  settings.get<MediaSettings>();
