package io.edgeflow.inference.node;

import java.util.List;

/**
 * Divides subjects among nodes: each node draws a number for each subject, the highest has it. So
 * every node finds the same division by itself, and one that comes or goes moves no more than its
 * own share (D. Thaler and C. Ravishankar, "Using name-based mappings to increase hit rates",
 * 1998). Pure.
 */
final class Rendezvous {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private final List<String> nodes;
  private final long[] seeds;

  /**
   * @param nodes at least one, no name twice
   */
  Rendezvous(List<String> nodes) {
    this.nodes = nodes.stream().sorted().toList();
    this.seeds = this.nodes.stream().mapToLong(node -> mixed(hash(OFFSET, node))).toArray();
  }

  List<String> nodes() {
    return nodes;
  }

  String owner(String slot, String subject) {
    long hash = mixed(hash(hash(OFFSET, slot) ^ '/', subject));
    int owner = 0;
    long highest = Long.MIN_VALUE;
    for (int i = 0; i < seeds.length; i++) {
      long draw = mixed(hash ^ seeds[i]);
      if (draw > highest) {
        highest = draw;
        owner = i;
      }
    }
    return nodes.get(owner);
  }

  /** FNV-1a. */
  private static long hash(long from, String text) {
    long hash = from;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return hash;
  }

  /** The last step of MurmurHash3: every bit of the input moves every bit of the result. */
  private static long mixed(long hash) {
    long h = hash;
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
