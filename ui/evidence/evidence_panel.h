// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QStringList>
#include <QWidget>

#include "core/explain/evidence_sheet.h"
#include "ui/evidence/evidence_table_model.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;
class QVBoxLayout;

namespace ocellus {

class CurveView;
class EvidenceItem;
class SanityItem;

/// Whether a map tells the truth, in words that can be quoted: what was tested of it, what came out, and the button
/// that tests the rest.
class EvidencePanel : public QWidget {
    Q_OBJECT

public:
    /// What is shown.
    struct Content {
        EvidenceMap map;
        QString className;
        EvidenceSheet sheet;
        std::vector<EvidenceMap> maps; ///< that there are; none: there is no map
        bool isStale = false;
        QString whyNot;        ///< why nothing can be tested now; or empty
        QStringList regions;   ///< of which it is known where they are
        QString region;        ///< of these the one that maps are held against
        QString regionProblem; ///< why others are not there; or empty
        QString game;          ///< whether the map's peak is in it, in a sentence; or empty
    };
    /// What is on its way.
    struct Running {
        QString what; ///< "Argus in a.png"
        bool isThis = false;
        double fraction = 0;
        std::optional<double> secondsLeft;
        int waiting = 0; ///< other pictures after it
    };

    explicit EvidencePanel(QWidget* parent = nullptr);

    void setContent(const Content& content);
    void setRunning(const std::optional<Running>& running);

    CurveView* curves() const { return m_curves; }
    SanityItem* sanity() const { return m_sanity; }
    bool onAnimal() const;
    QString region() const;    ///< that was chosen last, whether or not it is there now
    QString sentences() const; ///< all that is shown, to be quoted

signals:
    void testRequested();
    void cancelRequested();
    void mapChosen(const ocellus::EvidenceMap& map);
    void regionChosen();
    void shown(); ///< on the screen

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeButtons();
    QWidget* makeRegions();
    void makeItems();
    void showRegions();
    void makeTable();
    void showContent();
    void chooseRow();
    void copySentences();

    Content m_content;
    std::optional<Running> m_running;
    QLabel* m_title;
    QLabel* m_verdict;
    QLabel* m_meaning;
    QVBoxLayout* m_list;
    std::vector<EvidenceItem*> m_items;
    CurveView* m_curves;
    SanityItem* m_sanity;
    QLabel* m_why;
    QComboBox* m_place;
    QWidget* m_regionRow;
    QComboBox* m_region;
    QString m_chosenRegion;
    QPushButton* m_test;
    QPushButton* m_cancel;
    QPushButton* m_copy;
    QProgressBar* m_progress;
    QLabel* m_left;
    EvidenceTableModel m_model;
    QTableView* m_table;
    bool m_choosing = false; ///< the table follows what is shown
};

} // namespace ocellus
