package io.edgeflow.process.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Bounds of a comparable setting, both inclusive, written as a user would: {@code "1ms"}. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Range {
  String min();

  /** Empty: no upper bound. */
  String max() default "";
}
