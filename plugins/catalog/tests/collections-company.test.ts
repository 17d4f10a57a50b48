import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';

t.test('collections beside stock and media', async (t) => {
  const { inStore, jobs, owner, stores } = await startTestKernel(t, {
    plugins: ['catalog', 'media', 'inventory'],
  });
  const me = await owner('a');
  const ours = `/api/stores/${stores.a.handle}`;
  const make = async (title: string) => {
    const made = await inStore('a', 'catalog', ({ catalog }) =>
      catalog.create({ title, variants: [{ amount: 100 }] }),
    );
    if (!made.ok) throw new Error(made.refusal);
    return made.value;
  };
  const membersOf = async (id: number) =>
    (await me.get(`${ours}/collections/${id}/products`)).body.items.map(
      ({ title }: { title: string }) => title,
    );

  await t.test('a rule about stock follows what is available', async (t) => {
    const [lamp, chair] = [await make('Lamp'), await make('Chair')];
    const { body } = await me.post(`${ours}/collections`, {
      title: 'Last ones',
      rules: [{ field: 'stock', relation: 'below', value: '3' }],
    });
    t.same(await membersOf(body.id), []);

    const set = (variantId: number, onHand: number) =>
      inStore('a', 'inventory', ({ inventory }) =>
        inventory.set([{ variantId, onHand }], { reason: 'counted' }),
      );
    await set(lamp.variants[0]!.id, 2);
    await set(chair.variants[0]!.id, 5);
    await jobs.drain();
    t.same(await membersOf(body.id), ['Lamp']);
    await set(lamp.variants[0]!.id, 9);
    await set(chair.variants[0]!.id, 0);
    await jobs.drain();
    t.same(await membersOf(body.id), ['Chair']);
    await inStore('a', 'catalog', ({ catalog }) => catalog.update(lamp.id, { title: 'Floor lamp' }));
    t.same(await membersOf(body.id), ['Chair']);
  });

  await t.test('a picture is the library’s, is told where it is used, and follows it', async (t) => {
    const picture = await addPicture();
    const { body } = await me.post(`${ours}/collections`, { title: 'Pictured', pictureId: picture });
    t.match(body.picture, { mediaId: picture, alt: {} });
    t.match(await me.post(`${ours}/collections`, { title: 'No', pictureId: 987_654 }), {
      status: 422,
      body: { code: 'unknownPicture' },
    });

    const file = await me.get(`${ours}/media/${picture}`);
    t.match(file.body.usages, [{ kind: 'collection', title: 'Pictured' }]);
    t.equal((await me.delete(`${ours}/media/${picture}`)).status, 409);
    await me.patch(`${ours}/media/${picture}`, { version: file.body.version, alt: { fr: 'Une lampe' } });
    await jobs.drain();
    t.match((await me.get(`${ours}/collections/${body.id}`)).body, {
      version: 1,
      picture: { alt: { fr: 'Une lampe' } },
    });
    const change = await me.patch(`${ours}/collections/${body.id}`, { pictureId: null });
    t.equal(change.body.picture, null);
  });

  async function addPicture(): Promise<number> {
    const content = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><path d="M0 0h9v9z"/></svg>',
    );
    const added = await inStore('a', 'media', ({ media }) => media.add({ content, name: 'lamp.svg' }));
    if (!added.ok) throw new Error(added.refusal);
    return added.value.id;
  }
});
