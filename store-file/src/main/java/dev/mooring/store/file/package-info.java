/** Sessions and keys of a server, kept in one file. */
@NullMarked
package dev.mooring.store.file;

import org.jspecify.annotations.NullMarked;
