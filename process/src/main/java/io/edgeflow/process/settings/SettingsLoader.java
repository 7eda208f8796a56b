package io.edgeflow.process.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a configuration into a tree of records. Later sources win: defaults ({@link Default} on the
 * component), the YAML file, variables ({@code EDGEFLOW_MQTT__PORT=1884}: a double underscore for
 * the dot, case and single underscores do not matter), options ({@code mqtt.port=1884}).
 *
 * <p>Components may be of type {@code String}, {@code int}, {@code long}, {@code double}, {@code
 * boolean}, {@link java.time.Duration}, {@link ByteSize}, {@link Path}, {@link java.net.URI},
 * {@link java.time.ZoneId}, {@link Secret}, an enum, any type with {@code static T parse(String)};
 * and of {@code Optional}, {@code List}, {@code Map<String, …>} and records of those. Bounds are
 * stated by {@link Range}, other rules in compact constructors by {@link Check}. A list or map that
 * nobody set is empty; anything else without a default is required. A record may be of several
 * files ({@link Fragments}) and its entries of profiles ({@link Profiled}).
 */
public final class SettingsLoader {
  private final Map<String, String> environment;
  private final Path home;

  /**
   * @param environment the variables to read
   * @param home what relative paths in settings are relative to
   */
  public SettingsLoader(Map<String, String> environment, Path home) {
    this.environment = Map.copyOf(environment);
    this.home = home.toAbsolutePath().normalize();
  }

  /** For this process: its variables, and the project's folder ({@code -Dedgeflow.home}). */
  public static SettingsLoader ofProcess() {
    return new SettingsLoader(System.getenv(), Path.of(System.getProperty("edgeflow.home", "")));
  }

  /**
   * @param file the YAML file, if there is one
   * @param options {@code key=value} pairs
   * @throws SettingsException with every fault that could be found
   */
  public <T extends Record> Settings<T> load(
      Class<T> type, Optional<Path> file, List<String> options) throws SettingsException {
    var faults = new Faults();
    List<Path> fragments = file.isPresent() ? ConfigFiles.fragments(type, file.get()) : List.of();
    Tree.Branch tree =
        file.isPresent()
            ? new ConfigFiles(faults).read(file.get(), fragments)
            : Tree.Branch.empty();
    var overrides = new Overrides(type, faults);
    tree = overrides.options(overrides.variables(tree, environment), options);
    Object value = new Binder(new Scalars(home, environment), faults).bind(type, tree, "");
    faults.orRefuse();
    T settings = type.cast(Objects.requireNonNull(value, "a fault went unreported"));
    return new Settings<>(settings, Effective.of(settings), fragments);
  }
}
