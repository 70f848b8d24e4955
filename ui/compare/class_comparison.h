// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "ui/compare/compare_page.h"
#include "ui/compare/method_maps.h"
#include "ui/engine/failure.h"

class QCheckBox;
class QPushButton;

namespace ocellus {

class ClassChooser;

/// Several classes' maps of the same picture under one scale, and what sets the others apart from the first: of the
/// model's heads, or of the source that Display names.
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
    bool needsHeads() const override { return false; }
    bool asksSources() const override { return true; }
    void refresh() override;

private:
    std::vector<ClassOfMatrix> rows() const;
    std::optional<SourceText> source() const;
    QString nameOf(const ExplanationSource& source) const;
    void stopMaps();
    void refreshSource(const Explanation& shown, const SourceText& source);
    MapMatrix sourceMatrix(const Explanation& shown, const SourceText& source);
    void showRun(const SourceText* source);
    void takeCell(int row, int column);
    void takeRow(int row);
    int classOf(int row) const; ///< -1 for a row of differences

    ClassChooser* m_chooser;
    QCheckBox* m_contrast;
    SourceTable m_table;
    MethodMaps m_maps;                ///< of the source that Display names, where that is not the heads
    std::optional<ViewKey> m_slowFor; ///< what costs hundreds of passes was asked for of this
    QPushButton* m_run;
    QPushButton* m_stop;
};

} // namespace ocellus
