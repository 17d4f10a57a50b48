import { definePlugin } from 'kontor/sdk';

export default definePlugin({});
