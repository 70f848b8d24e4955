// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

/// What a checkpoint from anybody may ask for; ten times and more above the largest honest file known to us.
namespace ocellus::limits {

constexpr std::size_t tensors = 100'000;
constexpr std::size_t dimensions = 16;
/// Texts may be shared, so that a long name is there a million times without being longer in the file.
constexpr std::size_t tensorNameBytes = 1000;
constexpr std::size_t metadataEntries = 10'000;

/// The format's own limit for the JSON header of a safetensors file.
constexpr std::uint64_t safetensorsHeaderBytes = 100'000'000;

/// Entries of a zip archive: one a storage and a few more.
constexpr std::uint64_t zipEntries = 200'000;

/// A pickle without its storages; a released checkpoint with its optimizer has 300 kB.
constexpr std::uint64_t pickleBytes = 32U << 20;
/// Also bounds objects, memo and stack: no opcode makes more than one of each.
constexpr std::size_t pickleOpcodes = 2'000'000;
constexpr std::size_t pickleDepth = 200;
/// The name of a module, or of an object in it.
constexpr std::size_t pickleNameBytes = 1000;
/// Strings, tensors and copies that a pickle asks for, together; one opcode can ask for many bytes.
constexpr std::uint64_t pickleBuiltBytes = 32U << 20;

/// An optimizer: its groups, and the entries of a group or of a parameter's state; torch.optim.AdamW has a dozen.
constexpr std::size_t parameterGroups = 1'000;
constexpr std::size_t optimizerEntries = 64;

/// Values that are searched for state dicts, state dicts that are compared, how deep they may lie, and prefixes of
/// names in one of them; what is beyond is not looked at.
constexpr std::size_t searchedValues = 200'000;
constexpr std::size_t stateDicts = 1'000;
constexpr int stateDictDepth = 12;
constexpr std::size_t namePrefixes = 32;

/// Settings of a training program: values, and bytes of text, however often the pickle refers to one.
constexpr std::size_t settings = 20'000;
constexpr std::size_t settingsTextBytes = 4U << 20;
constexpr int settingsDepth = 20;
/// Entries of tables that are looked at for settings, those included that JSON cannot hold.
constexpr std::size_t settingsEntries = 2'000'000;

/// Whole models: how deep modules lie in each other, attributes of one, entries of their tables that are looked at, and
/// values of their attributes that are kept; a ProtoTree of depth 10 is 12 deep and has 20,000 entries.
constexpr int moduleDepth = 100;
constexpr std::size_t moduleAttributes = 1'000;
constexpr std::size_t moduleEntries = 2'000'000;
constexpr std::size_t moduleFacts = 200'000;

/// Views may share storages, but the tensors together may not be more than twice the file and this.
constexpr std::uint64_t sharedTensorBytes = 64U << 20;

} // namespace ocellus::limits
