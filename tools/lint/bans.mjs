// Rules of oxlint that are our own: single expressions that have one place each.

const isNamed = (node, name) => node.type === 'Identifier' && node.name === name;

const timeFromClock = {
  create(context) {
    const report = (node) => {
      context.report({ node, message: 'Take the time from Clock.' });
    };
    return {
      NewExpression(node) {
        if (isNamed(node.callee, 'Date') && node.arguments.length === 0) report(node);
      },
      MemberExpression(node) {
        if (isNamed(node.object, 'Date') && isNamed(node.property, 'now')) report(node);
      },
    };
  },
};

const environmentFromConfig = {
  create: (context) => ({
    MemberExpression(node) {
      if (!isNamed(node.object, 'process') || !isNamed(node.property, 'env')) return;
      context.report({ node, message: 'Only libs/config reads the environment.' });
    },
  }),
};

export default {
  meta: { name: 'interlock' },
  rules: { 'time-from-clock': timeFromClock, 'environment-from-config': environmentFromConfig },
};
