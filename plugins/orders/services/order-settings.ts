/** Settings of this plugin, as `plugin.json` describes them. */
export type OrderSettings = {
  numberPrefix: string;
  firstNumber: number;
  /** Path with `{token}`. */
  orderPage: string;
};
