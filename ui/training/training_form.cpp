// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/training_form.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QEvent>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include "ui/document/settings.h"
#include "ui/engine/paths.h"
#include "ui/training/help_text.h"
#include "ui/training/run_launcher.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

constexpr int watchedPictures = 8;

QLabel* quietLabel(QWidget* parent)
{
    QLabel* label = plainLabel(parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

TrainingForm::TrainingForm(Settings& settings, QWidget* parent)
    : QWidget(parent),
      m_settings(settings),
      m_recipe(trainingRecipes().front().key),
      m_reading(this)
{
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(makeRecipes());
    layout->addWidget(makeWeights());
    layout->addWidget(makeOptions());
    layout->addWidget(makeStart());
    layout->addStretch(1);
    const QStringList recent = settings.value(Setting::RecentWeights).toStringList();
    chooseRecipe(recipe());
    if (!recent.isEmpty())
        setWeights(toPath(recent.first()));
}

QWidget* TrainingForm::makeRecipes()
{
    auto* box = new QGroupBox(tr("1. What for"), this);
    auto* layout = new QVBoxLayout(box);
    m_choices = new QButtonGroup(this);
    for (const TrainingRecipe& recipe : trainingRecipes()) {
        auto* choice = new QRadioButton(recipe.name, box);
        choice->setAccessibleDescription(recipe.purpose);
        choice->setToolTip(recipe.purpose);
        choice->setChecked(recipe.key == m_recipe);
        m_choices->addButton(choice);
        layout->addWidget(choice);
        connect(choice, &QRadioButton::clicked, this, [this, &recipe] { chooseRecipe(recipe); });
    }
    m_purpose = quietLabel(box);
    layout->addWidget(m_purpose);
    return box;
}

QWidget* TrainingForm::makeWeights()
{
    auto* box = new QGroupBox(tr("2. Weights to start from"), this);
    m_weightsFile = plainLabel(box);
    m_weightsState = quietLabel(box);
    m_weightsState->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_whereToGet = quietLabel(box);
    m_whereToGet->setTextFormat(Qt::RichText);
    m_whereToGet->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_whereToGet->setOpenExternalLinks(true);
    m_whereToGet->setAccessibleName(tr("Where to get weights"));
    auto* choose = new QPushButton(tr("Choose &weights…"), box);
    connect(choose, &QPushButton::clicked, this, &TrainingForm::weightsWanted);
    auto* layout = new QVBoxLayout(box);
    layout->addWidget(m_weightsFile);
    layout->addWidget(m_weightsState);
    layout->addWidget(m_whereToGet);
    layout->addWidget(choose, 0, Qt::AlignLeft);
    return box;
}

QWidget* TrainingForm::makeOptions()
{
    m_advanced = new QGroupBox(tr("Options"), this);
    m_command = new QPlainTextEdit(m_advanced);
    m_command->setAccessibleName(tr("Options of the run"));
    m_command->setTabChangesFocus(true);
    m_help = new QPlainTextEdit(m_advanced);
    m_help->setAccessibleName(tr("What the options mean"));
    m_help->setReadOnly(true);
    m_help->setPlaceholderText(tr("The command line is being asked…"));
    m_help->setTabChangesFocus(true);
    m_command->setFixedHeight(6 * fontMetrics().lineSpacing());
    m_help->setMinimumHeight(12 * fontMetrics().lineSpacing());
    connect(m_command, &QPlainTextEdit::textChanged, this, &TrainingForm::changed);
    auto* layout = new QVBoxLayout(m_advanced);
    layout->addWidget(m_command);
    layout->addWidget(m_help);
    return m_advanced;
}

QWidget* TrainingForm::makeStart()
{
    auto* box = new QGroupBox(tr("3. Start"), this);
    m_maps = new QCheckBox(tr("&Show the maps of eight pictures after every epoch"), box);
    m_maps->setToolTip(tr("One sees maps find their parts; each epoch takes a little longer"));
    m_awake = new QCheckBox(tr("&Keep the computer awake meanwhile"), box);
    m_awake->setChecked(m_settings.boolean(Setting::KeepsAwake));
    m_estimate = plainLabel(box);
    m_measure = new QPushButton(tr("Est&imate time and memory"), box);
    m_measure->setToolTip(tr("Checks everything and makes a few steps; nothing of them stays"));
    m_start = new QPushButton(tr("St&art training"), box);
    m_whyNot = quietLabel(box);
    connect(m_maps, &QCheckBox::toggled, this, &TrainingForm::changed);
    connect(m_awake, &QCheckBox::toggled, this, [this](bool on) { m_settings.setValue(Setting::KeepsAwake, on); });
    connect(m_measure, &QPushButton::clicked, this, &TrainingForm::measureWanted);
    connect(m_start, &QPushButton::clicked, this,
            [this] { recipe().isForCluster ? emit jobWanted() : emit startWanted(); });
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_start);
    buttons->addWidget(m_measure);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(box);
    layout->addWidget(m_maps);
    layout->addWidget(m_awake);
    layout->addWidget(m_estimate);
    layout->addLayout(buttons);
    layout->addWidget(m_whyNot);
    return box;
}

const TrainingRecipe& TrainingForm::recipe() const
{
    return *recipeOf(m_recipe);
}

void TrainingForm::setRecipe(const QString& key)
{
    const TrainingRecipe* wanted = recipeOf(key);
    if (!wanted)
        return;
    for (QAbstractButton* choice : m_choices->buttons())
        choice->setChecked(choice->text() == wanted->name);
    chooseRecipe(*wanted);
}

void TrainingForm::chooseRecipe(const TrainingRecipe& recipe)
{
    m_recipe = recipe.key;
    m_purpose->setText(recipe.purpose + QLatin1Char('\n') + tr("Known: %1").arg(recipe.known));
    const bool isAdvanced = recipe.key == QLatin1String("advanced");
    m_advanced->setVisible(isAdvanced);
    if (isAdvanced) {
        suggestOptions();
        showHelp();
    }
    follow();
    emit changed();
}

/// What was typed there stays.
void TrainingForm::suggestOptions()
{
    const QString shown = m_command->toPlainText();
    if (!shown.trimmed().isEmpty() && shown != m_suggested)
        return;
    m_suggested = launcher::commandText(optionsOf(recipe(), m_weights, m_known));
    m_command->setPlainText(m_suggested);
}

/// What the command line says of itself, so that it is written once.
void TrainingForm::showHelp()
{
    if (!m_help->toPlainText().isEmpty())
        return;
    auto* process = new QProcess(this);
    // Of the text, not of the form: a form that is closed meanwhile ends the process when the text is gone.
    connect(process, &QProcess::finished, m_help, [this, process] {
        m_help->setPlainText(narrowHelp(QString::fromUtf8(process->readAllStandardOutput())));
        process->deleteLater();
    });
    connect(process, &QProcess::errorOccurred, m_help, [this, process] {
        m_help->setPlainText(tr("The command line cannot be asked: %1").arg(process->errorString()));
        process->deleteLater();
    });
    process->start(toQString(launcher::program()), {QStringLiteral("train"), QStringLiteral("--help")});
}

QStringList TrainingForm::options() const
{
    QStringList options = recipe().key == QLatin1String("advanced") ? QProcess::splitCommand(m_command->toPlainText())
                                                                    : optionsOf(recipe(), m_weights, m_known);
    if (m_maps->isChecked() && !options.contains(QStringLiteral("--watch-maps")))
        options << QStringLiteral("--watch-maps") << QString::number(watchedPictures);
    return options;
}

bool TrainingForm::keepsAwake() const
{
    return m_awake->isChecked();
}

void TrainingForm::setWeights(const std::filesystem::path& file)
{
    m_weights = file;
    m_known.reset();
    m_refused.clear();
    m_reading.read<StartWeights>(
        Step::Training, [file] { return readStartWeights(file); },
        [this](const StartWeights& known) {
            m_known = known;
            m_settings.addRecent(Setting::RecentWeights, toQString(m_weights));
            check();
        },
        [this](const Failure& failure) {
            m_refused = summary(failure) + (failure.wayOut.isEmpty() ? QString() : ". " + failure.wayOut);
            check();
        });
    follow();
}

void TrainingForm::check()
{
    if (recipe().key == QLatin1String("advanced"))
        suggestOptions();
    follow();
    emit changed();
}

QString TrainingForm::whyNot() const
{
    if (!m_outside.isEmpty())
        return m_outside;
    if (recipe().key == QLatin1String("advanced"))
        return {};
    if (m_reading.isReading())
        return tr("The weights are being looked at.");
    if (!m_refused.isEmpty())
        return tr("These weights cannot be started from.");
    if (!m_known)
        return tr("Choose the weights to start from.");
    if (m_known->kind == StartWeights::Kind::Whole && recipe().start == TrainingRecipe::Start::Backbone)
        return tr("This way starts from a backbone alone: choose other weights.");
    if (m_known->kind == StartWeights::Kind::Backbone && recipe().start == TrainingRecipe::Start::Whole)
        return tr("This way starts from a whole network such as DETR, and these weights are a backbone alone: choose "
                  "others, or another way.");
    return {};
}

void TrainingForm::setOutside(const QString& whyNot)
{
    m_outside = whyNot;
    follow();
}

void TrainingForm::setEstimate(const QString& text)
{
    m_estimate->setText(text);
    m_estimate->setVisible(!text.isEmpty());
}

void TrainingForm::setMeasuring(bool isMeasuring)
{
    m_measure->setText(isMeasuring ? tr("Stop est&imating") : tr("Est&imate time and memory"));
}

/// Also beside weights that were refused. Links have the colours of the time when their words are set, and the same
/// words are not set again.
void TrainingForm::showWhereToGet()
{
    m_whereToGet->clear();
    m_whereToGet->setText(tr("Where to get them: %1").arg(recipe().whereToGet));
    m_whereToGet->setVisible(!m_known);
}

void TrainingForm::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_whereToGet)
        showWhereToGet();
}

void TrainingForm::follow()
{
    m_weightsFile->setText(m_weights.empty() ? tr("None chosen yet.") : toQString(m_weights.filename()));
    m_weightsFile->setToolTip(toQString(m_weights).toHtmlEscaped());
    QString state;
    if (m_reading.isReading())
        state = tr("Being looked at…");
    else if (!m_refused.isEmpty())
        state = m_refused;
    else if (m_known)
        state = tr("Fit: %1.").arg(QString::fromStdString(m_known->words));
    m_weightsState->setText(state);
    m_weightsState->setVisible(!state.isEmpty());
    showWhereToGet();
    const QString why = whyNot();
    m_start->setText(recipe().isForCluster ? tr("Write the &job…") : tr("St&art training"));
    m_start->setEnabled(why.isEmpty());
    m_measure->setEnabled(why.isEmpty());
    m_whyNot->setText(why);
    m_whyNot->setVisible(!why.isEmpty());
    m_estimate->setVisible(!m_estimate->text().isEmpty());
}

} // namespace ocellus
