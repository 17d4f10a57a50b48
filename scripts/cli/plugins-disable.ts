import { changePlugin } from './change-plugin.ts';

export default changePlugin('disable');
