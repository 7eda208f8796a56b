package io.edgeflow.process.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The record's {@code profiles} are blanks for the entries of one of its maps. An entry that names
 * one ({@code profile: meter}) has all of its keys, and its own over them; a value of the profile
 * may hold {@code ${name}}, which the entry says ({@code with: {name: 5}}) or else the profile
 * itself ({@code variables: {name: 4}}). Both are gone before anything is typed.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Profiled {
  /** The component whose entries may name a profile. */
  String value();
}
