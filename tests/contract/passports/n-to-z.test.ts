import { givePassports } from './give.ts';

givePassports('examples', /^(smallest|third-party)-plugin$/);
givePassports('plugins', /^[^a-m]/); // whatever comes after m, and no name is left out
