/** Room in memory for bodies that are still arriving, of all requests together. */
export interface BodyRoom {
  /** Begins one body. */
  begin(): HeldBody;
}

export interface HeldBody {
  /** Notes what arrived; false when there is no room for it. */
  add(bytes: number): boolean;
  /** Gives its room back. */
  end(): void;
}

/** What every body gets, however many there are: more than Slack sends with most of its requests. */
const ownBytes = 64 * 1024;
/** What all of them share beyond that. */
const sharedBytes = 32 * 1024 * 1024;

/**
 * Whoever opens all connections that there are and sends nearly a megabyte over each, signed by nobody, fills the shared
 * room and no more: what is short is still taken.
 */
export function createBodyRoom(shared = sharedBytes): BodyRoom {
  let used = 0;
  return {
    begin() {
      let length = 0;
      let held = 0;
      return {
        add(bytes) {
          length += bytes;
          const wanted = Math.max(0, length - ownBytes) - held;
          if (used + wanted > shared) return false;
          used += wanted;
          held += wanted;
          return true;
        },
        end() {
          used -= held;
          held = 0;
        },
      };
    },
  };
}
