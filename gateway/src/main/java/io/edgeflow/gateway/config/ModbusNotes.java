package io.edgeflow.gateway.config;

import io.edgeflow.gateway.modbus.RegisterType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What whoever wrote a register map should know, though none of it is wrong in itself. */
final class ModbusNotes {
  private final Map<String, List<String>> references = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  private ModbusNotes() {}

  /** In the order of the devices; points of equal devices come together. */
  static List<String> of(ModbusConfig config) {
    var all = new ModbusNotes();
    config.lines().forEach(all::sameUnits);
    config.devices().forEach(all::overlaps);
    config.devices().forEach(all::references);
    all.references.forEach((words, points) -> all.notes.add(words + " (" + some(points) + ")"));
    return all.notes;
  }

  private static String some(List<String> points) {
    return points.getFirst() + (points.size() == 1 ? "" : " and " + (points.size() - 1) + " more");
  }

  private void sameUnits(ModbusConfig.Line line) {
    Map<Integer, String> first = new TreeMap<>();
    line.devices()
        .forEach(
            (name, device) -> {
              String other = first.putIfAbsent(device.unitId(), name);
              if (other != null) {
                notes.add(
                    "%s and %s are both unit %d of %s"
                        .formatted(other, name, device.unitId(), line.name()));
              }
            });
  }

  /** Bits of one register may lie together, and nothing else. */
  private void overlaps(String device, ModbusDeviceConfig config) {
    Map<String, String> taken = new LinkedHashMap<>();
    config
        .points()
        .forEach(
            (point, one) -> {
              ModbusAddress.Place place = one.place();
              boolean bit = one.typed() == RegisterType.BIT;
              for (int i = 0; i < one.length().orElse(one.typed().registers()); i++) {
                String where = place.table().name().toLowerCase(Locale.ROOT);
                String register = where + " " + (place.address() + i);
                String other = taken.putIfAbsent(bit ? register + " bit" : register, point);
                if (other != null && !bit) {
                  notes.add(device + ": " + other + " and " + point + " both read " + register);
                  return;
                }
              }
            });
  }

  private void references(String device, ModbusDeviceConfig config) {
    config
        .points()
        .forEach(
            (point, one) -> {
              ModbusAddress.Place place = one.place();
              if (place.reference()) {
                references
                    .computeIfAbsent(place.words(one.address()), words -> new ArrayList<>())
                    .add(device + "/" + point);
              }
            });
  }
}
