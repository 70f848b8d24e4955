// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/evaluation_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include "ui/evaluation/class_results.h"
#include "ui/evaluation/confusion_pane.h"
#include "ui/evaluation/evaluation_form.h"
#include "ui/evaluation/evaluation_study.h"
#include "ui/evaluation/evaluation_text.h"
#include "ui/evaluation/model_comparison_pane.h"
#include "ui/evaluation/pair_maps.h"
#include "ui/evaluation/trust_pane.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

void showText(QLabel* label, const QString& text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

EvaluationPage::EvaluationPage(Document& document, LiveAnswer& answer, DatasetDocument& dataset, Settings& settings,
                               AskForFiles ask, QWidget* parent)
    : QWidget(parent),
      m_form(new EvaluationForm(this)),
      m_headline(plainLabel(this)),
      m_subject(plainLabel(this)),
      m_stale(new Banner(Tint::Warning, this)),
      m_note(new Banner(Tint::Error, this)),
      m_invitation(plainLabel(this)),
      m_export(new QPushButton(tr("E&xport…"), this)),
      m_tabs(new QTabWidget(this)),
      m_confusions(new ConfusionPane(m_thumbnails, new PairMaps(document, answer), this)),
      m_classes(new ClassResults(this)),
      m_trust(new TrustPane(this)),
      m_comparison(new ModelComparisonPane(this)),
      m_study(nullptr)
{
    layOut();
    m_study = new EvaluationStudy(document, answer, dataset, settings, std::move(ask), *this);
    connect(m_export, &QPushButton::clicked, this, &EvaluationPage::exportRequested);
    connect(m_classes, &ClassResults::classActivated, this, [this](int classIndex) {
        m_tabs->setCurrentWidget(m_confusions);
        m_confusions->showMistakesOf(classIndex);
    });
}

void EvaluationPage::layOut()
{
    m_export->setToolTip(tr("Tables, the confusion matrix and the numbers, as “ocellus-cli evaluate” writes them"));
    QFont large = m_headline->font();
    large.setPointSizeF(1.1 * large.pointSizeF());
    m_headline->setFont(large);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_headline->setAccessibleName(tr("Result of the evaluation"));
    m_subject->setForegroundRole(QPalette::PlaceholderText);
    m_subject->setAccessibleName(tr("What the evaluation is of"));
    m_invitation->setAlignment(Qt::AlignCenter);
    m_invitation->setText(tr("How often is the model right, what does it take for what, and does it know when it does "
                             "not know?\nChoose pictures whose species is known, and evaluate the model on them."));
    m_tabs->addTab(m_confusions, tr("Conf&usions"));
    m_tabs->addTab(m_classes, tr("C&lasses"));
    m_tabs->addTab(m_trust, tr("Can it be believed?"));
    m_tabs->addTab(m_comparison, tr("Another mo&del"));
    m_tabs->setDocumentMode(true);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_headline);
    words->addWidget(m_subject);
    auto* result = new QHBoxLayout;
    result->addLayout(words, 1);
    result->addWidget(m_export, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_form);
    layout->addWidget(m_note);
    layout->addWidget(m_stale);
    layout->addLayout(result);
    layout->addWidget(m_invitation, 1);
    layout->addWidget(m_tabs, 1);
}

void EvaluationPage::showFindings(const std::shared_ptr<const EvaluationFindings>& findings, const QStringList& names)
{
    const bool isThere = findings != nullptr;
    showText(m_headline, isThere ? headlineOf(*findings) : QString());
    showText(m_subject, isThere ? subjectOf(*findings) : QString());
    m_invitation->setVisible(!isThere);
    m_tabs->setVisible(isThere);
    m_export->setVisible(isThere);
    m_confusions->setFindings(findings, names);
    m_classes->setEvaluation(isThere ? findings->report.evaluation : Evaluation(), names);
    m_trust->setReport(isThere ? std::optional(findings->report.trust) : std::nullopt);
}

void EvaluationPage::setStale(const QString& why)
{
    m_stale->showText(why);
    // What is no longer of what is open is not read as if it were.
    m_headline->setForegroundRole(why.isEmpty() ? QPalette::WindowText : QPalette::PlaceholderText);
}

QString EvaluationPage::headline() const
{
    return m_headline->text();
}

QString EvaluationPage::staleText() const
{
    return m_stale->text();
}

void EvaluationPage::setNote(const QString& note)
{
    m_note->showText(note);
}

QString EvaluationPage::note() const
{
    return m_note->text();
}

} // namespace ocellus
