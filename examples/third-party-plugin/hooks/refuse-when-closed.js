/** Nobody signs while the store has closed its book. */
export async function refuseWhenClosed(_subject, { settings }) {
  const { isOpen } = await settings.get();
  return isOpen ? undefined : { refuse: 'bookClosed' };
}
