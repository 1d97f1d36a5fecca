import { describeRemoteDelivery } from '../../contracts/delivery-platform-contract.ts';
import { openSlackDelivery } from '../../helpers/deliveries/slack.ts';

describeRemoteDelivery('Slack', openSlackDelivery);
