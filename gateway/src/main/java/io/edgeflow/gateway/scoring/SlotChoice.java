package io.edgeflow.gateway.scoring;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Which model shall serve in a slot, as people chose it last; what outlives a restart.
 *
 * @param configured the folder that the configuration named then
 * @param serving absent: that of the configuration
 * @param before what there is to go back to
 * @param disabled no model shall serve
 * @param who chose it, and why
 */
record SlotChoice(
    int schema,
    String configured,
    @Nullable ChosenBundle serving,
    @Nullable ChosenBundle before,
    boolean disabled,
    String who,
    String why) {
  static final int SCHEMA = 1;

  /** A file that somebody edited may lack anything. */
  SlotChoice {
    requireNonNull(configured);
    requireNonNull(who);
    requireNonNull(why);
  }

  /** As the configuration has it. */
  static SlotChoice none(String configured) {
    return new SlotChoice(SCHEMA, configured, null, null, false, "", "");
  }

  SlotChoice serving(@Nullable ChosenBundle next, @Nullable ChosenBundle old, Said by) {
    return new SlotChoice(SCHEMA, configured, next, old, false, by.who(), by.why());
  }

  SlotChoice disabled(boolean off, Said by) {
    return new SlotChoice(SCHEMA, configured, serving, before, off, by.who(), by.why());
  }

  /** Who chose, and why, for people. */
  String by() {
    return "by " + who + (why.isEmpty() ? "" : ": " + why);
  }
}
