package io.edgeflow.lab.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells what changed at the pumps since the last look. One thread. */
final class PumpWatch {
  private record State(boolean cavitates, boolean slow) {}

  private final List<DrivenPump> pumps;
  private final Map<Integer, State> states = new HashMap<>();

  PumpWatch(List<DrivenPump> pumps) {
    this.pumps = List.copyOf(pumps);
  }

  List<String> look(long micros) {
    List<String> lines = new ArrayList<>();
    for (DrivenPump driven : pumps) {
      var now = new State(driven.pump().cavitation().at(micros) > 0, driven.drive().isSlow());
      State before = states.put(driven.address(), now);
      lines.addAll(changes(driven, before == null ? new State(false, false) : before, now));
    }
    return lines;
  }

  private static List<String> changes(DrivenPump driven, State before, State now) {
    List<String> lines = new ArrayList<>();
    String pump = driven.pump().name();
    if (now.cavitates() != before.cavitates()) {
      lines.add(pump + (now.cavitates() ? " begins to cavitate" : " cavitates no more"));
    }
    if (now.slow() != before.slow()) {
      String what = now.slow() ? " is slowed down by coil " : " is set back by coil ";
      lines.add(pump + what + driven.address());
    }
    return lines;
  }
}
