// The first script of each page here: whatever breaks the policy or throws afterwards is on record, from the start.
window.recorded = { violations: [], errors: [] };
document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
  window.recorded.violations.push(effectiveDirective);
});
addEventListener('error', ({ message }) => window.recorded.errors.push(message));
addEventListener('unhandledrejection', ({ reason }) => window.recorded.errors.push(String(reason)));
