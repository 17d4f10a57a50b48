import type { ShippingZone } from 'kontor/sdk';
import { fitsPostalCodes } from './postal-codes.ts';

/** Active zones that an address lies in; those for everywhere else only where no other one fits. */
export function zonesFor(
  zones: readonly ShippingZone[],
  { country, postalCode }: { country: string; postalCode?: string },
): ShippingZone[] {
  const fitting = (name: string) =>
    zones.filter(
      ({ isActive, countries, postalCodes }) =>
        isActive && countries.includes(name) && fitsPostalCodes(postalCodes, postalCode),
    );
  const named = fitting(country);
  return named.length > 0 ? named : fitting('*');
}
