package io.edgeflow.process.cli;

import io.edgeflow.process.settings.Settings;
import io.edgeflow.process.settings.SettingsException;
import io.edgeflow.process.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config FILE} and {@code --set key=value}, as a mixin. */
public final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings from a YAML file; relative to where you are.")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "One setting, over the file's; may be repeated.")
  private List<String> set = new ArrayList<>();

  public Optional<Path> file() {
    return Optional.ofNullable(config);
  }

  public List<String> set() {
    return List.copyOf(set);
  }

  /** Loads what file, variables and options say together. */
  public <T extends Record> Settings<T> load(Class<T> type) throws SettingsException {
    return SettingsLoader.ofProcess().load(type, file(), set());
  }
}
