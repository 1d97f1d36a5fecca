/** Ids of the message extension's commands, as the app manifest names them. */
export const searchCommandId = 'search';
export const briefCommandId = 'brief';
