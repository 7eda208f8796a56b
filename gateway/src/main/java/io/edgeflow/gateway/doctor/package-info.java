/**
 * The Modbus doctor: which units answer on a line, what lies in their registers, and what a
 * configuration asks of a line.
 */
@NullMarked
package io.edgeflow.gateway.doctor;

import org.jspecify.annotations.NullMarked;
