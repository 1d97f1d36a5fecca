import { describeDeliveryPlatform } from '../../contracts/delivery-platform-contract.ts';
import { openSlackDelivery } from '../../helpers/deliveries/slack.ts';

describeDeliveryPlatform('Slack', openSlackDelivery);
