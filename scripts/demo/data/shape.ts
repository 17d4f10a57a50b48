import type { PaletteName } from '../drawings/scene.ts';
import type { ThingName } from '../drawings/things.ts';

/** A text in English, French, German and Luxembourgish. */
export type Spoken = readonly [en: string, fr: string, de: string, lb: string];
export const LOCALES = ['en', 'fr', 'de', 'lb'] as const;

export type DemoProduct = {
  handle: string;
  thing: ThingName;
  palettes: readonly PaletteName[];
  title: Spoken;
  text: Spoken;
  vendor: string;
  type: string;
  tags: readonly string[];
  taxClass: 'standard' | 'intermediate' | 'reduced' | 'super_reduced';
  /** Minor units; one for each value of the option when there are several prices. */
  amount: number | readonly number[];
  compareAt?: number;
  grams: number;
  /** Of each variant; undefined is not counted. */
  stock?: number;
  option?: { name: Spoken; values: readonly Spoken[] };
  unit?: { quantity: number; unit: string; reference: number };
  collections: readonly string[];
};

export const COLOUR: Spoken = ['Colour', 'Couleur', 'Farbe', 'Faarf'];
export const SIZE: Spoken = ['Size', 'Taille', 'Größe', 'Gréisst'];
export const TERRACOTTA: Spoken = ['Terracotta', 'Terre cuite', 'Terrakotta', 'Terrakotta'];
export const MOSS: Spoken = ['Moss', 'Mousse', 'Moos', 'Moos'];
export const NIGHT: Spoken = ['Night blue', 'Bleu nuit', 'Nachtblau', 'Nuetsblo'];
export const PLUM: Spoken = ['Plum', 'Prune', 'Pflaume', 'Praum'];
export const NATURAL: Spoken = ['Natural', 'Naturel', 'Natur', 'Natur'];
export const SLATE: Spoken = ['Slate', 'Ardoise', 'Schiefer', 'Schiwwer'];
export const SMALL: Spoken = ['Small', 'Petit', 'Klein', 'Kleng'];
export const LARGE: Spoken = ['Large', 'Grand', 'Groß', 'Grouss'];
