import { definePlugin } from 'kontor/sdk';
import './contract.ts';
import { createTotals } from './services/totals.ts';

export default definePlugin({ services: { totals: createTotals } });
