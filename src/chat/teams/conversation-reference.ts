import { z } from 'zod';

/** How a conversation is reached again; what is stored of it, and all that is. */
export const conversationReferenceSchema = z.object({
  tenantId: z.string().min(1),
  serviceUrl: z.string().min(1),
  /** Null for a person who was met in a team or a group only: the chat with them is to be made first. */
  conversationId: z.string().min(1).nullable(),
  kind: z.enum(['direct', 'group', 'channel']),
  channelId: z.string().optional(),
  /** `channelData.channel.type` where Teams said it. */
  channelType: z.string().optional(),
  teamId: z.string().optional(),
  /** The name that Teams told last. */
  name: z.string().optional(),
  botId: z.string().min(1),
});
export type ConversationReference = z.infer<typeof conversationReferenceSchema>;
