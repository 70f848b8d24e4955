// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/classifier/classifier_model.h"

#include <string>

#include "core/base/error.h"
#include "core/model/host_values.h"
#include "core/model/torch_headers.h"

namespace ocellus {

ClassifierModel::ClassifierModel(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                                 const Progress& progress)
    : m_classifier(config, source, compute, progress)
{
}

std::unique_ptr<const PictureMemory> ClassifierModel::encode(const at::Tensor& grid, const Progress&) const
{
    auto memory = std::make_unique<PictureMemory>();
    memory->tokens = LinearClassifier::poolGrid(grid);
    memory->rows = memory->columns = 1;
    return memory;
}

Model::Decoded ClassifierModel::decode(const PictureMemory& picture, const QuerySet& set, const Progress&) const
{
    if (set.mode != LimitMode::All)
        throw Error(ErrorCode::BadArgument, "active classes",
                    "a plain classifier has no queries to limit, got mode " + std::string(toString(set.mode)));
    const at::Tensor logits = m_classifier.logits(picture.tokens);
    requireFinite(logits);
    const int classes = m_classifier.config().queries;
    return {{0, 0, classes, picture.rows, picture.columns, classes, 0},
            allClasses(classes),
            {toVector(logits), {}, {}, nullptr}};
}

} // namespace ocellus
