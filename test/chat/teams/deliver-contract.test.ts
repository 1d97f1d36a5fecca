import { describeRemoteDelivery } from '../../contracts/delivery-platform-contract.ts';
import { openTeamsDelivery } from '../../helpers/deliveries/teams.ts';

describeRemoteDelivery('Teams', openTeamsDelivery);
