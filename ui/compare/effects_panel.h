// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <QWidget>

#include "ui/compare/number_table_model.h"
#include "ui/figures/edit_comparison.h"

class QPushButton;
class QTableView;
class QTabWidget;
class QToolButton;

namespace ocellus {

class ClassText;
class Document;
class LiveAnswer;

/// Tables of what the edits changed: each class's logit, probability and rank, and each head's map. A flip is said
/// above them.
class EffectsPanel : public QWidget {
    Q_OBJECT

public:
    explicit EffectsPanel(QWidget* parent = nullptr);

    /// Keeps the panel up to date with what the document shows, while it is visible.
    void follow(Document& document, LiveAnswer& answer);
    /// An empty one shows how to get another.
    void setComparison(const EditComparison& comparison);

    /// What each head's attention adds to the shown class's logit now, from head 1; empty where that is not known.
    void setImportance(const std::vector<float>& ofHeads);

    QTableView* classTable() const { return m_classTable; }
    QTableView* headTable() const { return m_headTable; }
    QString verdictText() const;

signals:
    void controlsRequested(); ///< the user wants to know whether the same change elsewhere would do as much
    void classChosen(int classIndex);
    void headChosen(int head); ///< from 0; the number of heads is the mean
    /// The user wants the shown table in a file; `suggestedName` has no folder.
    void exportRequested(const QString& suggestedName, const std::string& csv);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QTableView* addTable(NumberTableModel* model, const QString& title);
    void fillClasses();
    void fillHeads();
    void requestExport();

    EditComparison m_comparison;
    std::vector<float> m_importance;
    NumberTableModel* m_classes;
    NumberTableModel* m_heads;
    ClassText* m_verdict;
    QToolButton* m_controls;
    QTabWidget* m_tabs;
    QTableView* m_classTable;
    QTableView* m_headTable;
    QPushButton* m_export;
};

} // namespace ocellus
