package io.edgeflow.process.mqtt;

/**
 * One line of a user file.
 *
 * @param password how it is kept: hashed
 */
record User(String name, PasswordHash password, Rights rights) {}
