import { describeDeliveryPlatform } from '../../contracts/delivery-platform-contract.ts';
import { openTeamsDelivery } from '../../helpers/deliveries/teams.ts';

describeDeliveryPlatform('Teams', openTeamsDelivery);
