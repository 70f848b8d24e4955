// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include <QObject>

#include "ui/engine/newest_reading.h"
#include "ui/evaluation/evaluation_form.h"
#include "ui/evaluation/evaluation_run.h"

namespace ocellus {

class DatasetDocument;

/// Which pictures an evaluation is to be of: the data set that is open, another
/// one's file, or a folder. Tells the form.
class EvaluationSource : public QObject {
    Q_OBJECT

public:
    /// Both must outlive this.
    EvaluationSource(DatasetDocument& dataset, EvaluationForm& form, QObject* parent = nullptr);

    void takeOpenDataset();
    void takeFolder(const std::filesystem::path& folder);
    /// Read in the background: ends in changed() or failed().
    void takeDatasetFile(const std::filesystem::path& file);

    bool isOpenDataset() const { return m_kind == EvaluationForm::Source::OpenDataset; }
    QString whyNot() const; ///< empty: there are pictures to evaluate
    EvaluatedData wanted() const;
    /// The data set that is open is what this was taken of.
    bool isStillOpen(const NamedDataset& set) const;

signals:
    void changed();
    void failed(const ocellus::Failure& failure);

private:
    void take(EvaluationForm::Source kind);
    void show();
    void showParts(const DatasetState& state);
    void forgetPart() { m_isPartChosen = false; }

    DatasetDocument& m_dataset;
    EvaluationForm& m_form;
    EvaluationForm::Source m_kind = EvaluationForm::Source::OpenDataset;
    std::filesystem::path m_folder;
    std::shared_ptr<const NamedDataset> m_file;
    bool m_isPartChosen = false; ///< by the user, for these pictures
    NewestReading m_reading;     ///< last: it goes first
};

} // namespace ocellus
