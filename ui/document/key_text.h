// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <string>

#include <QStringList>

#include "core/engine/engine.h"
#include "core/engine/view_key.h"

namespace ocellus {

/// The first digits of a SHA-256, as Explanation::modelHash has them.
QString shortHash(const std::string& sha256);

/// Whether what is shown with that modelHash is the open model's: its classes and heads are others' numbers else.
bool isOfModel(const QString& shortened, const std::optional<ModelDescription>& model);

/// "TF32", "half precision"; empty with full float32.
QStringList precisionNotes(const Precision& precision);

/// The model's file says how pictures become its input, and these became it otherwise.
bool isOtherInput(const PreprocessOptions& used, const ModelDescription& model);

/// What must stand on everything that was computed for the key by its model, if that is still open: "untrained: ...",
/// weights that were chosen among several, an input of another size than the model's own, the precision, the EXIF
/// orientation. Of a draft, which has half of the wanted size, nothing is said of the input.
QStringList noticesOf(const ViewKey& key, const std::optional<ModelDescription>& model, bool isDraft = false);

} // namespace ocellus
