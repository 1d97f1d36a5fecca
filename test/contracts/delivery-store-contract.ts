import { afterEach, beforeEach } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import type { StoresUnderTest } from '../store/delivery-fixtures.ts';
import { claimsContract } from './delivery-claims-contract.ts';
import { holdsContract } from './delivery-holds-contract.ts';
import { deliveryModelContract } from './delivery-model-contract.ts';
import { deliveryReadersContract } from './delivery-readers-contract.ts';
import type { StorePlace } from './store-contract.ts';
import { subscriptionsContract } from './subscriptions-contract.ts';

/** What every store must do with subscriptions and deliveries. `createPlace` gives an empty database. */
export function deliveryStoreContract(
  createPlace: () => Promise<StorePlace>,
  options: { readonly modelRuns: number },
): void {
  let place: StorePlace;
  const open: Store[] = [];
  const openAnother = async (): Promise<Store> => {
    const store = await openStore(place.settings);
    open.push(store);
    return store;
  };
  beforeEach(async () => {
    place = await createPlace();
    await openAnother();
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    place.remove();
  });
  const stores: StoresUnderTest = {
    store: () => {
      const [first] = open;
      if (first === undefined) throw new Error('no store is open');
      return first;
    },
    openAnother,
  };

  subscriptionsContract(stores);
  claimsContract(stores);
  holdsContract(stores);
  deliveryReadersContract(stores);
  deliveryModelContract(stores, options.modelRuns);
}
