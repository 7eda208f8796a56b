package io.edgeflow.process.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The YAML files of a folder beside the configuration's own file belong to it, in the order of
 * their names. Groups come together and lists are joined; a single value may stand in several files
 * only if it is the same in all.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Fragments {
  /** The folder's name, {@code conf.d}. */
  String value();
}
