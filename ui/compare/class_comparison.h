// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "ui/compare/compare_page.h"
#include "ui/engine/failure.h"

class QCheckBox;

namespace ocellus {

class ClassChooser;

/// Several classes' maps of the same picture under one scale, and what sets the others apart from the first.
class ClassComparison : public ComparePage {
    Q_OBJECT

public:
    ClassComparison(Document& document, LiveAnswer& answer, QWidget* parent = nullptr);

    const QList<int>& classes() const;
    void setClasses(const QList<int>& classes); ///< as ClassChooser::setClasses()
    /// As ClassChooser::loadEvaluation().
    void loadEvaluation(const std::filesystem::path& path);

    ClassChooser* chooser() const { return m_chooser; }

signals:
    void evaluationWanted(); ///< the user wants to choose a confused_pairs.csv
    void failed(const ocellus::Failure& failure);

protected:
    void refresh() override;

private:
    void takeCell(int row, int column);
    void takeRow(int row);
    int classOf(int row) const; ///< -1 for a row of differences

    ClassChooser* m_chooser;
    QCheckBox* m_contrast;
};

} // namespace ocellus
