import { givePassports } from './give.ts';

givePassports('plugins', /^[a-m]/);
