// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/key_text.h"

#include <QCoreApplication>

#include "core/engine/assumptions_text.h"

namespace ocellus {

namespace {

/// What translators see these texts under.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(ViewKey)
};

} // namespace

QString shortHash(const std::string& sha256)
{
    constexpr std::size_t digits = 12;
    return QString::fromStdString(sha256.substr(0, digits));
}

bool isOfModel(const QString& shortened, const std::optional<ModelDescription>& model)
{
    return model && shortened == shortHash(model->sha256);
}

QStringList precisionNotes(const Precision& precision)
{
    QStringList notes;
    if (precision.tf32)
        notes << Text::tr("TF32");
    if (precision.half)
        notes << Text::tr("half precision");
    return notes;
}

bool isOtherInput(const PreprocessOptions& used, const ModelDescription& model)
{
    return model.preprocess && used != *model.preprocess;
}

QStringList noticesOf(const ViewKey& key, const std::optional<ModelDescription>& model, bool isDraft)
{
    QStringList notices;
    if (model && model->untrained)
        notices << Text::tr("untrained: the maps mean nothing");
    if (const std::string weights = model ? noticeOf(model->stateDict) : std::string(); !weights.empty())
        notices << QString::fromStdString(weights);
    if (model) {
        const std::string assumed = isDraft ? assumptionsText(*model) : assumptionsText(*model, key.preprocess);
        if (!assumed.empty())
            notices << QString::fromStdString(assumed);
    }
    if (model && !isDraft && isOtherInput(key.preprocess, *model))
        notices << Text::tr("input %1, the model's own is %2")
                       .arg(QString::fromStdString(toString(key.preprocess)),
                            QString::fromStdString(toString(*model->preprocess)));
    notices << precisionNotes(key.precision);
    if (key.decode.ignoreExif)
        notices << Text::tr("EXIF orientation ignored");
    return notices;
}

} // namespace ocellus
