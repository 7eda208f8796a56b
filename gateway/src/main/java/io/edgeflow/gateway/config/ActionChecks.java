package io.edgeflow.gateway.config;

import io.edgeflow.gateway.alarms.AlarmRule;
import io.edgeflow.process.settings.Check;
import java.util.List;

/** Whether what actions name is there. */
final class ActionChecks {
  private ActionChecks() {}

  /**
   * @throws IllegalArgumentException naming every action that is at fault
   */
  static void check(List<ActionConfig> actions, ModbusConfig modbus, List<AlarmRule> alarms) {
    var check = new Check();
    for (ActionConfig action : actions) {
      check(action, modbus, alarms, check);
    }
    check.orRefuse();
  }

  private static void check(
      ActionConfig action, ModbusConfig modbus, List<AlarmRule> alarms, Check check) {
    String name = action.name();
    action
        .modbus()
        .ifPresent(
            register ->
                check.that(
                    modbus.devices().containsKey(register.device()),
                    "actions",
                    name + " names the device " + register.device() + ", which modbus has not"));
    action
        .when()
        .alarm()
        .ifPresent(
            alarm ->
                check.that(
                    isAlarm(alarms, alarm, action.when().series()),
                    "actions",
                    name
                        + " names the alarm "
                        + alarm
                        + ", which alarms has not for "
                        + action.when().series()));
    action
        .interlock()
        .ifPresent(
            interlock ->
                interlock
                    .unknownAlarms((rule, series) -> isAlarm(alarms, rule, series))
                    .forEach(
                        unknown ->
                            check.that(
                                false,
                                "actions",
                                name + " has " + unknown + ", which alarms has not")));
  }

  private static boolean isAlarm(List<AlarmRule> alarms, String rule, String series) {
    return alarms.stream()
        .anyMatch(alarm -> alarm.name().equals(rule) && alarm.series().matches(series));
  }
}
